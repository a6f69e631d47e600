const EDGE = 240;

/** Draws a small upright copy of a photo that is still on this device; anything else keeps its name only. */
export async function thumbnail(file: File, canvas: HTMLCanvasElement | null): Promise<void> {
  if (!canvas) return;
  try {
    const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
    const share = Math.min(1, EDGE / Math.min(picture.width, picture.height));
    canvas.width = Math.round(picture.width * share);
    canvas.height = Math.round(picture.height * share);
    canvas.getContext("2d")?.drawImage(picture, 0, 0, canvas.width, canvas.height);
    picture.close();
  } catch {
    canvas.remove();
  }
}
