/** A button that fills the projector with the page, where the browser can. */
export function offerFullScreen(): void {
  const button = document.querySelector<HTMLButtonElement>("[data-full-screen]");
  if (!button || !document.fullscreenEnabled) return;
  button.hidden = false;
  button.addEventListener("click", () => {
    if (document.fullscreenElement) void document.exitFullscreen();
    else void document.documentElement.requestFullscreen();
  });
}
