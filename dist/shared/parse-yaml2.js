export { t as parseYaml } from "./parse-yaml.js";
