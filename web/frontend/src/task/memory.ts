import { shelf } from "../page/shelf";

/** A file that is on its way, remembered so that it goes on after the page was closed or loaded anew. */
export interface Waiting {
  id: string;
  owner: string;
  question: string;
  file: File;
  since: number;
  address?: string;
}

const TWO_DAYS = 48 * 3600 * 1000;
const waiting = shelf<Waiting>("lookback-uploads", "waiting", "id");

export const remember = waiting.put;
export const forget = waiting.drop;

/** What is remembered still; what is too old to be resumed is forgotten. */
export async function remembered(): Promise<Waiting[]> {
  const all = await waiting.all();
  const old = all.filter((each) => Date.now() - each.since > TWO_DAYS);
  for (const each of old) await forget(each.id);
  return all.filter((each) => !old.includes(each));
}
