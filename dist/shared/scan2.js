export { t as CONCURRENT_SCANS, n as describeArtifact, r as nameReport, i as scanImages, a as unreadable } from "./scan.js";
