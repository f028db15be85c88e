/** A list of facts; those that are not known are left out. */

import type { ComponentChildren } from "preact";

export type Known = [name: string, value: ComponentChildren];

export function Facts({ of }: { of: Known[] }) {
  const known = of.filter(([, value]) => value && (!Array.isArray(value) || value.length > 0));
  return (
    <dl class="facts">
      {known.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
