import Box from '@cloudscape-design/components/box';
import { localTime } from '../words/time.tsx';

/** One of what is stacked in each bar. */
export interface Layer {
  readonly name: string;
  readonly colour: string;
  /** For each point, in their order. */
  readonly values: readonly number[];
}

interface Props {
  readonly title: string;
  readonly points: readonly Date[];
  readonly layers: readonly Layer[];
  /** How a value is written. */
  readonly write: (value: number) => string;
  /** `bars` add up, the first layer at the bottom; `steps` stand behind one another, the largest one first. */
  readonly as?: 'bars' | 'steps';
  readonly empty: string;
}

const width = 600;
const height = 120;

/** Values over time. Each point says its values where the pointer rests; whoever does not see it is read a table. */
export function TimeChart({ title, points, layers, write, as = 'bars', empty }: Props) {
  const tops = points.map((_, at) => {
    const values = layers.map(({ values }) => values[at] ?? 0);
    return as === 'bars' ? values.reduce((sum, value) => sum + value, 0) : Math.max(0, ...values);
  });
  const most = Math.max(0, ...tops);
  const step = width / Math.max(1, points.length);
  const [first, last] = [points[0], points.at(-1)];
  return (
    <figure className="chart" aria-label={title}>
      <figcaption>
        <strong>{title}</strong>
      </figcaption>
      {most === 0 ? (
        <Box color="text-body-secondary">{empty}</Box>
      ) : (
        <>
          <div className="chart-head">
            <span className="quiet">{write(most)}</span>
            <span className="legend">
              {layers.map(({ name, colour }) => (
                <span key={name}>
                  <i className={`mark mark-${colour}`} aria-hidden="true" /> {name}
                </span>
              ))}
            </span>
          </div>
          <svg viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" aria-hidden="true">
            {points.map((point, at) => (
              <g key={point.getTime()}>
                <title>{`${localTime(point)}\n${wordsOf(layers, at, write)}`}</title>
                <rect x={at * step} y={0} width={step} height={height} className="mark-none" />
                {boxesOf(layers, at, most, as).map(({ colour, from, to }, n) => (
                  <rect
                    key={n}
                    className={`mark-${colour}`}
                    x={at * step}
                    y={height * (1 - to)}
                    width={Math.max(1, step - 1)}
                    height={height * (to - from)}
                  />
                ))}
              </g>
            ))}
          </svg>
          <div className="quiet chart-times">
            <span>{first !== undefined && localTime(first)}</span>
            <span>{last !== undefined && localTime(last)}</span>
          </div>
          <Numbers points={points} layers={layers} tops={tops} write={write} />
        </>
      )}
    </figure>
  );
}

interface Drawn {
  readonly colour: string;
  /** Shares of the height. */
  readonly from: number;
  readonly to: number;
}

function boxesOf(layers: readonly Layer[], at: number, most: number, as: 'bars' | 'steps'): readonly Drawn[] {
  const drawn = layers.map(({ colour, values }) => ({ colour, value: (values[at] ?? 0) / most }));
  if (as === 'steps') {
    return drawn
      .toSorted((a, b) => b.value - a.value)
      .map(({ colour, value }) => ({ colour, from: 0, to: value }));
  }
  let below = 0;
  return drawn.map(({ colour, value }) => ({ colour, from: below, to: (below += value) }));
}

const wordsOf = (layers: readonly Layer[], at: number, write: Props['write']): string =>
  layers.map(({ name, values }) => `${name}: ${write(values[at] ?? 0)}`).join('\n');

/** Points without anything are left out. */
function Numbers({
  points,
  layers,
  tops,
  write,
}: Pick<Props, 'points' | 'layers' | 'write'> & { readonly tops: readonly number[] }) {
  return (
    <table className="visually-hidden">
      <tbody>
        {points.map((point, at) =>
          tops[at] === 0 ? null : (
            <tr key={point.getTime()}>
              <th scope="row">{localTime(point)}</th>
              <td>{wordsOf(layers, at, write)}</td>
            </tr>
          ),
        )}
      </tbody>
    </table>
  );
}
