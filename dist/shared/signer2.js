export { t as prepareSigner } from "./signer.js";
