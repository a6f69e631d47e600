import { byCodePoints } from "./hashing";

/** How many candidates a stratum has, the weight of each, and how many of them must be drawn. */
export interface Stratum {
  size: number;
  weight: number;
  minimum: number;
}

type Numbers = Map<string, number>;

/** How many to draw of each stratum; the same as `workflows/spot_check/allocation.py`, with whole numbers only. */
export function allocate(strata: ReadonlyMap<string, Stratum>, wanted: number): Numbers {
  const names = [...strata.keys()].sort(byCodePoints);
  const of = (name: string): Stratum => strata.get(name) as Stratum;
  const mass = (name: string): bigint => BigInt(of(name).size) * BigInt(of(name).weight);
  const given: Numbers = new Map(names.map((name) => [name, Math.min(of(name).minimum, of(name).size)]));
  const all = names.reduce((sum, name) => sum + of(name).size, 0);
  let left = Math.max(0, Math.min(wanted, all) - [...given.values()].reduce((sum, number) => sum + number, 0));
  const room: Numbers = new Map(
    names.filter((name) => of(name).size > (given.get(name) ?? 0)).map((name) => [name, of(name).size - (given.get(name) ?? 0)]),
  );
  while (left) {
    const total = [...room.keys()].reduce((sum, name) => sum + mass(name), 0n);
    const available = BigInt(left);
    const full = [...room.keys()].filter((name) => available * mass(name) >= BigInt(room.get(name) ?? 0) * total);
    if (full.length === 0) {
      share(room, given, left, mass, total);
      break;
    }
    for (const name of full) {
      const number = room.get(name) ?? 0;
      left -= number;
      given.set(name, (given.get(name) ?? 0) + number);
      room.delete(name);
    }
  }
  return given;
}

/** Each takes the whole part of its share; what remains goes, one each, to the largest remainders. */
function share(room: Numbers, given: Numbers, left: number, mass: (name: string) => bigint, total: bigint): void {
  const parts = [...room.keys()].map((name) => {
    const product = BigInt(left) * mass(name);
    return { name, whole: Number(product / total), rest: product % total };
  });
  const remaining = left - parts.reduce((sum, part) => sum + part.whole, 0);
  const largest = [...parts].sort((one, other) =>
    one.rest === other.rest ? byCodePoints(one.name, other.name) : one.rest > other.rest ? -1 : 1,
  );
  const favoured = new Set(largest.slice(0, remaining).map((part) => part.name));
  for (const { name, whole } of parts) given.set(name, (given.get(name) ?? 0) + whole + (favoured.has(name) ? 1 : 0));
}
