/** The inbox: keys, ticked tasks, and news of what came and went; it works without any of them. */
import { hearNews } from "../inbox/news";
import { letKeysMove } from "../inbox/keys";
import { doTogether } from "../inbox/together";

letKeysMove();
doTogether();
hearNews();
