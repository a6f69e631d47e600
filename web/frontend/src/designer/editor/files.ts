/** Takes diagrams in from files and gives them out as .bpmn and .svg. */
import { say } from "../words";
import type { Desk } from "./parts";

/** `opened` is called with the content of a file that could be read as a diagram. */
export function exchangeFiles(
  desk: Desk,
  bar: HTMLElement,
  name: string,
  opened: (content: string) => Promise<void>,
  tell: (words: string) => void,
): void {
  const stem = name.split("/").at(-1)!.replace(/\.bpmn$/, "");
  on(bar, "export-bpmn", async () => download(await written(desk), `${stem}.bpmn`, "application/xml"));
  on(bar, "export-svg", async () => download((await desk.modeler.saveSVG()).svg, `${stem}.svg`, "image/svg+xml"));
  const input = bar.querySelector<HTMLInputElement>("input[type=file]");
  on(bar, "import", () => input?.click());
  input?.addEventListener("change", async () => {
    const [file] = input.files ?? [];
    input.value = "";
    if (!file) return;
    const before = await written(desk);
    try {
      await opened(await file.text());
      tell(say("import.done", { name: file.name }));
    } catch {
      await opened(before);
      tell(say("import.unreadable", { name: file.name }));
    }
  });
}

/** The diagram as XML, laid out for reading. */
export async function written(desk: Desk): Promise<string> {
  const { xml } = await desk.modeler.saveXML({ format: true });
  return xml ?? "";
}

function on(bar: HTMLElement, act: string, listener: () => void): void {
  bar.querySelector(`[data-act=${act}]`)?.addEventListener("click", listener);
}

function download(content: string, name: string, type: string): void {
  const anchor = document.createElement("a");
  anchor.href = URL.createObjectURL(new Blob([content], { type }));
  anchor.download = name;
  anchor.click();
  window.setTimeout(() => URL.revokeObjectURL(anchor.href), 10_000);
}
