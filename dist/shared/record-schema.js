export { t as makeRecord } from "./record-schema2.js";
