import { allocate } from "./allocation";
import { bytesOf, byCodePoints, type Bytes, joined, sha256 } from "./hashing";

export interface Candidate {
  number: string;
  city: string;
  county: string;
  sector: string;
  severity: string;
  unit: string;
}

export interface Drawn {
  number: string;
  stratum: string;
  place: number;
}

export interface Coverage {
  counties_per_city: number;
  sectors_per_county: number;
  units_per_sector: number;
}

export interface Parameters {
  sample_size: number | null;
  sample_permille: number | null;
  minimum_per_stratum: number;
  weights: Record<string, number>;
  coverage: Coverage;
}

/** The sample, stratum by stratum, each in the order of ranks; the same as `workflows/spot_check/drawing.py`. */
export async function draw(candidates: readonly Candidate[], parameters: Parameters, key: Bytes): Promise<Drawn[]> {
  const ordered = await byRank(candidates, key);
  const taken = covering(ordered, parameters.coverage);
  const strata = new Map<string, Candidate[]>();
  for (const it of ordered) {
    const name = `${it.city}/${it.sector}/${it.severity}`;
    const inside = strata.get(name);
    if (inside) inside.push(it);
    else strata.set(name, [it]);
  }
  const asked = [...strata].map(([name, inside]) => {
    const covered = inside.filter((it) => taken.has(it.number)).length;
    const weight = parameters.weights[inside[0]?.severity ?? ""] ?? NaN;
    return [name, { size: inside.length, weight, minimum: Math.max(parameters.minimum_per_stratum, covered) }] as const;
  });
  const numbers = allocate(new Map(asked), wanted(parameters, candidates.length));
  return [...strata.keys()].sort(byCodePoints).flatMap((stratum) => {
    const inside = strata.get(stratum) ?? [];
    const coveredFirst = [...inside.filter((it) => taken.has(it.number)), ...inside.filter((it) => !taken.has(it.number))];
    return coveredFirst.slice(0, numbers.get(stratum)).map((it, at) => ({ number: it.number, stratum, place: at + 1 }));
  });
}

function wanted(parameters: Parameters, candidates: number): number {
  if (parameters.sample_size !== null) return Math.min(parameters.sample_size, candidates);
  return Math.ceil((candidates * (parameters.sample_permille ?? 0)) / 1000);
}

async function byRank(candidates: readonly Candidate[], key: Bytes): Promise<Candidate[]> {
  const ranked: { it: Candidate; rank: Bytes }[] = [];
  for (const it of candidates) ranked.push({ it, rank: await sha256(joined(key, bytesOf(it.number))) });
  ranked.sort((one, other) => byBytes(one.rank, other.rank) || byCodePoints(one.it.number, other.it.number));
  return ranked.map(({ it }) => it);
}

function byBytes(one: Bytes, other: Bytes): number {
  const at = one.findIndex((byte, place) => byte !== other[place]);
  return at < 0 ? 0 : (one[at] ?? 0) - (other[at] ?? 0);
}

/** The numbers that the coverage takes, going once through candidates in the order of ranks. */
function covering(ordered: readonly Candidate[], coverage: Coverage): Set<string> {
  const taken = new Set<string>();
  if (Math.min(coverage.counties_per_city, coverage.sectors_per_county, coverage.units_per_sector) <= 0) return taken;
  const chosen = new Map<string, Set<string>>();
  const among = (name: string): Set<string> => {
    const found = chosen.get(name) ?? new Set<string>();
    chosen.set(name, found);
    return found;
  };
  for (const it of ordered) {
    const counties = among(`city\t${it.city}`);
    const sectors = among(`county\t${it.county}`);
    const units = among(`units\t${it.county}\t${it.sector}`);
    const hasRoom =
      (counties.has(it.county) || counties.size < coverage.counties_per_city) &&
      (sectors.has(it.sector) || sectors.size < coverage.sectors_per_county);
    if (!hasRoom || units.has(it.unit) || units.size >= coverage.units_per_sector) continue;
    counties.add(it.county);
    sectors.add(it.sector);
    units.add(it.unit);
    taken.add(it.number);
  }
  return taken;
}
