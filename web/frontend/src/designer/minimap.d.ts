declare module "diagram-js-minimap" {
  const minimap: { [service: string]: unknown };
  export default minimap;
}
