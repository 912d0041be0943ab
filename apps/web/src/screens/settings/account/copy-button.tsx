import { Copy } from 'lucide-react';
import { t } from '../../../i18n/translate.ts';
import { Button } from '../../../ui/button.tsx';
import { toast } from '../../../ui/toasts.tsx';

export function CopyButton({ text }: { readonly text: string }) {
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      toast(t('account.copied'));
    } catch {
      toast(t('account.notCopied'));
    }
  };
  return (
    <Button small onClick={copy}>
      <Copy aria-hidden="true" size={16} />
      {t('account.copy')}
    </Button>
  );
}
