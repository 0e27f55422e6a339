// Joins the metrics of several processes into one text, with each family's help and type once, as Prometheus' format asks
// (https://prometheus.io/docs/instrumenting/exposition_formats/). The samples differ by the label of their connection.

/** @param texts of one version of the bridge each; @returns one of all */
export function joinExpositions(texts: readonly string[]): string {
  const families = new Map<string, { head: string[]; samples: string[] }>();
  for (const text of texts) {
    let family: { head: string[]; samples: string[] } | undefined;
    for (const line of text.split('\n')) {
      const [, kind, name = ''] = /^# (HELP|TYPE) (\S+)/.exec(line) ?? [];
      if (kind === undefined) {
        if (line !== '') family?.samples.push(line);
        continue;
      }
      family = families.get(name);
      if (!family) families.set(name, (family = { head: [], samples: [] }));
      if (!family.head.some((one) => one.startsWith(`# ${kind} `))) family.head.push(line);
    }
  }
  return [...families.values()].map(({ head, samples }) => `${[...head, ...samples].join('\n')}\n`).join('');
}
