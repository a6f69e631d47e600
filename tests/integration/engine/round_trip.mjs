/** Opens and saves each .bpmn file of a folder as the designer's modeler does: `node round_trip.mjs FROM TO`, within web/frontend. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const frontend = createRequire(join(process.cwd(), "package.json"));
const { BpmnModdle } = await import(pathToFileURL(frontend.resolve("bpmn-moddle")));
const lookback = JSON.parse(readFileSync(join(process.cwd(), "src/designer/lookback.json"), "utf8"));
const [from, to] = process.argv.slice(2);

mkdirSync(to, { recursive: true });
for (const name of readdirSync(from).filter((each) => each.endsWith(".bpmn"))) {
  const moddle = new BpmnModdle({ lookback });
  const { rootElement } = await moddle.fromXML(readFileSync(join(from, name), "utf8"));
  const { xml } = await moddle.toXML(rootElement, { format: true });
  writeFileSync(join(to, name), xml);
}
