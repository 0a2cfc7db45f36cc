export { t as badgeFiles, n as badgeOf } from "./badges.js";
