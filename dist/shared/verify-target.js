export { i as readVerifiedEvidence, a as requireVerifiedEvidence } from "./verify-target2.js";
