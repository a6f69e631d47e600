declare module "bpmn-js-token-simulation/lib/viewer" {
  const simulation: { [service: string]: unknown };
  export default simulation;
}
