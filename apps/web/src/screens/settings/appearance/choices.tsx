import form from '../../../ui/form.module.css';
import styles from './choices.module.css';

interface ChoicesProps<T extends string> {
  readonly name: string;
  readonly legend: string;
  readonly options: readonly T[];
  readonly chosen: T;
  readonly disabled?: boolean;
  readonly label: (option: T) => string;
  readonly onChoose: (option: T) => void;
}

/** One of a few, side by side: radio buttons to keyboards and screen readers. */
export function Choices<T extends string>(props: ChoicesProps<T>) {
  const { name, legend, options, chosen, disabled, label, onChoose } = props;
  return (
    <fieldset className={form.field} disabled={disabled}>
      <legend className={form.label}>{legend}</legend>
      <div className={styles.row}>
        {options.map((option) => (
          <label key={option} className={styles.option} data-option={option}>
            <input
              type="radio"
              name={name}
              value={option}
              checked={option === chosen}
              onChange={() => onChoose(option)}
            />
            <span>{label(option)}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
