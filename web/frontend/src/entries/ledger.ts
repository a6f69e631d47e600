/** The ledger: keys that move from row to row, and a form that survives the loss of its page. */
import { letKeysMoveRows } from "../ledger/keys";
import { keepWhatIsTyped } from "../ledger/keeping";

letKeysMoveRows();
keepWhatIsTyped();
