interface Reader {
  name: string;
  organisation: string;
  handle: string;
}

const TYPED = /(?:^|[^\p{L}\p{N}_.])@([\p{L}\p{N}_·.-]{0,20})$/u;

/** Offers the names of people who can be mentioned while one is typed after an @; arrows and Enter choose. */
export function offerNames(form: HTMLFormElement): void {
  const field = form.querySelector<HTMLTextAreaElement>("textarea");
  const list = form.querySelector<HTMLElement>(".offered-names");
  const address = form.dataset.mentions;
  if (!field || !list || !address) return;
  let asked = 0;

  const close = (): void => {
    list.hidden = true;
    list.replaceChildren();
    field.removeAttribute("aria-activedescendant");
  };
  const choose = (handle: string): void => {
    const before = field.value.slice(0, field.selectionStart);
    const start = before.length - (TYPED.exec(before)?.[1] ?? "").length;
    field.setRangeText(`${handle} `, start, field.selectionStart, "end");
    close();
    field.focus();
  };
  const offer = async (): Promise<void> => {
    const typed = TYPED.exec(field.value.slice(0, field.selectionStart))?.[1];
    const question = ++asked;
    if (typed === undefined) return close();
    const answer = await fetch(`${address}?typed=${encodeURIComponent(typed)}`).catch(() => undefined);
    if (!answer?.ok || answer.redirected || question !== asked) return;
    show(list, (await answer.json()) as Reader[], choose);
  };
  field.addEventListener("input", () => void offer());
  field.addEventListener("blur", () => window.setTimeout(close, 200));
  field.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    const options = Array.from(list.children) as HTMLElement[];
    const at = options.findIndex((each) => each.ariaSelected === "true");
    if (event.key === "Escape") close();
    else if (event.key === "ArrowDown") mark(field, options, (at + 1) % options.length);
    else if (event.key === "ArrowUp") mark(field, options, (at - 1 + options.length) % options.length);
    else if (event.key === "Enter" && at >= 0) choose(options[at]?.dataset.handle ?? "");
    else return;
    event.preventDefault();
  });
}

function show(list: HTMLElement, readers: Reader[], choose: (handle: string) => void): void {
  const options = readers.map((reader, number) => {
    const option = document.createElement("li");
    option.id = `reader-${number}`;
    option.role = "option";
    option.dataset.handle = reader.handle;
    const place = document.createElement("small");
    place.textContent = reader.organisation;
    option.append(reader.name, place);
    option.addEventListener("mousedown", (event) => event.preventDefault());
    option.addEventListener("click", () => choose(reader.handle));
    return option;
  });
  list.replaceChildren(...options);
  list.hidden = options.length === 0;
}

function mark(field: HTMLElement, options: HTMLElement[], at: number): void {
  options.forEach((each, number) => (each.ariaSelected = String(number === at)));
  field.setAttribute("aria-activedescendant", options[at]?.id ?? "");
}
