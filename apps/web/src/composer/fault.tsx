import styles from './composer.module.css';

/** What is wrong with a field, read out when it appears. */
export function Fault({ id, text }: { readonly id?: string; readonly text: string | undefined }) {
  return (
    <p id={id} className={styles.fault} role="alert" hidden={text === undefined}>
      {text}
    </p>
  );
}
