/** What we use of bpmnlint, which has no types for single rules. */
declare module "bpmnlint/lib/test-rule.js" {
  const testRule: (asked: { moddleRoot: object; rule: object }) => { id: string; message: string }[];
  export default testRule;
}

declare module "bpmnlint/rules/*.js" {
  const rule: () => { check: unknown };
  export default rule;
}
