/** The words of the console in English, loaded by whoever reads them. */

export { default } from "../../locales/en.console.json";
