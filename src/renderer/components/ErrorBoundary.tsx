import { Component, type ReactNode } from 'react';
import { AppError } from '../../preload/contract/errors';
import { ErrorNote } from './ErrorNote';

interface Props {
  /** What did not work, as a sentence. */
  message: string;
  /** Called before the children are drawn again after a failure, and when it goes. */
  onReset?(): void;
  children: ReactNode;
}

/** Keeps what goes wrong inside it from taking the rest of the page along. */
export class ErrorBoundary extends Component<Props, { failed: { error: unknown } | null }> {
  override state: { failed: { error: unknown } | null } = { failed: null };

  static getDerivedStateFromError(error: unknown) {
    return { failed: { error } };
  }

  override componentWillUnmount() {
    this.props.onReset?.();
  }

  override render() {
    const { failed } = this.state;
    if (failed === null) return this.props.children;
    const onRetry = () => {
      this.props.onReset?.();
      this.setState({ failed: null });
    };
    // Code that did not come: some browsers do not ask for it again until the page is reloaded.
    if (failed.error instanceof AppError) {
      return <ErrorNote error={failed.error} onRetry={onRetry} onReload={reloadPage} />;
    }
    const error = new AppError('internal', this.props.message, {
      hint: 'Try again; if it stays so, clear the filters.',
    });
    return <ErrorNote error={error} onRetry={onRetry} />;
  }
}

function reloadPage(): void {
  window.location.reload();
}
