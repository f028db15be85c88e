/** The words of the console in Ukrainian, loaded by whoever reads them. */

export { default } from "../../locales/uk.console.json";
