import { Component, type ReactNode } from 'react';
import { FailureNotice } from '../ui/failure-notice.tsx';

/** What broke while it was drawn says so; the rest of the page goes on. */
export class ErrorBoundary extends Component<{ readonly children: ReactNode }, { readonly error: unknown }> {
  override state = { error: undefined };

  static getDerivedStateFromError(error: unknown) {
    return { error };
  }

  override render(): ReactNode {
    if (this.state.error === undefined) return this.props.children;
    return <FailureNotice error={this.state.error} onRetry={() => location.reload()} />;
  }
}
