import { Component, type ReactNode } from 'react';
import { AppError } from '../../preload/contract/errors';
import { ErrorNote } from './ErrorNote';

interface Props {
  /** What did not work, as a sentence. */
  message: string;
  children: ReactNode;
}

/** Keeps what goes wrong inside it from taking the rest of the page along. */
export class ErrorBoundary extends Component<Props, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override render() {
    if (!this.state.failed) return this.props.children;
    const error = new AppError('internal', this.props.message, {
      hint: 'Try again; if it stays so, clear the filters.',
    });
    return <ErrorNote error={error} onRetry={() => this.setState({ failed: false })} />;
  }
}
