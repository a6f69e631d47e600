/** The switch with which a designer lets tokens run over the diagram and goes back to drawing. */

/** `stage` is where one draws; `source` gives the diagram as it is now. The simulation is fetched when first wanted. */
export function attachSimulation(button: HTMLElement, stage: HTMLElement, source: () => Promise<string>): void {
  let end: (() => void) | undefined;
  let isChanging = false;
  const begin = async () => {
    const { simulate } = await import("./simulation");
    const arena = document.createElement("div");
    arena.className = "simulation";
    stage.append(arena);
    const stop = await simulate(arena, await source());
    return () => {
      stop();
      arena.remove();
    };
  };
  const toggle = async () => {
    if (end) end = void end();
    else end = await begin();
    button.setAttribute("aria-pressed", end ? "true" : "false");
    stage.classList.toggle("is-simulating", end !== undefined);
  };
  button.addEventListener("click", () => {
    if (isChanging) return;
    isChanging = true;
    void toggle().finally(() => (isChanging = false));
  });
}
