import { Menu } from '@base-ui/react/menu';
import type { ReactNode } from 'react';
import styles from './menu.module.css';

interface MenuItemProps {
  readonly icon: ReactNode;
  readonly danger?: boolean;
  readonly onPress: () => void;
  readonly children: ReactNode;
}

export function MenuItem({ icon, danger = false, onPress, children }: MenuItemProps) {
  return (
    <Menu.Item className={`${styles.item} ${danger ? styles.danger : ''}`} onClick={onPress}>
      <span aria-hidden="true">{icon}</span>
      {children}
    </Menu.Item>
  );
}
