import { type Candidate, draw, type Drawn, type Parameters } from "./drawing";
import { bytesOf, byCodePoints, canonicalJson, fromHex, hex, joined, sha256 } from "./hashing";

const ALGORITHM = "lookback-draw-1";

export interface Commitment {
  seed_hash: string;
  frame_hash: string;
  parameters_hash: string;
  candidates: number;
}

interface Proof {
  algorithm: string;
  parameters: Parameters;
  commitment: Commitment;
  seed: string;
  words: string;
  frame: string[][];
  result: Drawn[];
}

/** What is wrong with a proof: the kind of a problem, and the hazard's number where it is about one. */
export interface Problem {
  kind: string;
  number?: string;
}

export interface Finding {
  problems: Problem[];
  promised?: Commitment;
  drawn: number;
}

/** Compute the hashes and the whole draw again from the proof alone, as `workflows/spot_check/proof.py` does. */
export async function verify(text: string): Promise<Finding> {
  try {
    const proof = JSON.parse(text) as Proof;
    if (proof.algorithm !== ALGORITHM) return { problems: [{ kind: "algorithm" }], drawn: 0 };
    return await check(proof);
  } catch {
    return { problems: [{ kind: "unreadable" }], drawn: 0 };
  }
}

async function check(proof: Proof): Promise<Finding> {
  const seed = fromHex(proof.seed);
  const frame = [...proof.frame].sort((one, other) => byCodePoints(one[0] ?? "", other[0] ?? ""));
  const candidates = frame.map(candidateOf);
  const again = await draw(candidates, proof.parameters, await sha256(joined(seed, bytesOf(proof.words))));
  const { commitment } = proof;
  const lines = frame.map((fields) => `${fields.join("\t")}\n`).join("");
  const broken: [string, boolean][] = [
    ["seed", commitment.seed_hash !== hex(await sha256(seed))],
    ["frame", commitment.frame_hash !== hex(await sha256(bytesOf(lines)))],
    ["parameters", commitment.parameters_hash !== hex(await sha256(bytesOf(canonicalJson(proof.parameters))))],
    ["candidates", commitment.candidates !== candidates.length],
    ["twice", new Set(candidates.map((it) => it.number)).size < candidates.length],
  ];
  const problems = broken.filter(([, isBroken]) => isBroken).map(([kind]) => ({ kind }));
  return { problems: [...problems, ...differences(proof.result, again)], promised: commitment, drawn: again.length };
}

function candidateOf(fields: string[]): Candidate {
  const [number, city, county, sector, severity, unit, ...more] = fields;
  const isWhole = [number, city, county, sector, severity, unit].every((field) => typeof field === "string");
  if (!isWhole || more.length) throw new TypeError("no candidate");
  return { number, city, county, sector, severity, unit } as Candidate;
}

function differences(result: readonly Drawn[], again: readonly Drawn[]): Problem[] {
  const stated = new Set(result.map((it) => it.number));
  const computed = new Set(again.map((it) => it.number));
  const problems = [
    ...[...stated].filter((number) => !computed.has(number)).map((number) => ({ kind: "extra", number })),
    ...[...computed].filter((number) => !stated.has(number)).map((number) => ({ kind: "missing", number })),
  ];
  const isSame = result.length === again.length && result.every((it, at) => isEqual(it, again[at]));
  return problems.length || isSame ? problems : [{ kind: "order" }];
}

function isEqual(one: Drawn, other: Drawn | undefined): boolean {
  return one.number === other?.number && one.stratum === other.stratum && one.place === other.place;
}
