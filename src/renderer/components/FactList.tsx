interface Props {
  className: string | undefined;
  facts: readonly (readonly [name: string, value: string])[];
}

/** Names and values, a line each. */
export function FactList({ className, facts }: Props) {
  return (
    <dl className={className}>
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
