import { shelf } from "../../page/shelf";

/** A copy of what is not saved yet, kept in this browser in case the page or the network goes away. */
export interface Copy {
  address: string;
  content: string;
  revision: number;
  at: number;
}

const copies = shelf<Copy>("lookback-drafts", "copies", "address");

export const keep = copies.put;
export const kept = copies.take;
export const forget = copies.drop;
