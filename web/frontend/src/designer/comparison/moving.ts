/** Whoever moves or enlarges one side moves the other with it. */
import type { Side } from "./side_by_side";

interface Bus {
  on(event: string, listener: () => void): void;
}

export function moveTogether(sides: Side[]): void {
  let following = false;
  for (const leader of sides) {
    leader.viewer.get<Bus>("eventBus").on("canvas.viewbox.changed", () => {
      if (following) return;
      following = true;
      for (const side of sides) if (side !== leader) follow(leader, side);
      following = false;
    });
  }
}

function follow(leader: Side, side: Side): void {
  const { x, y, width, height } = leader.canvas.viewbox();
  side.canvas.viewbox({ x, y, width, height });
}
