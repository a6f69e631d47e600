/** The draw in public and the check of its proof. */
import { letRowsAppear } from "../spot_check/appearing";
import { offerFullScreen } from "../spot_check/screen";
import { checkProofs } from "../spot_check/checking";

offerFullScreen();
letRowsAppear();
checkProofs();
