/** Comparisons of two versions: their diagrams side by side, moved together, with what differs marked on both. */
import { compareWhenSeen } from "../designer/comparison/seeing";

compareWhenSeen(document);
