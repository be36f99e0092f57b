import Alert from '@cloudscape-design/components/alert';
import { Component, type ReactNode } from 'react';

interface Props {
  /** A change of it tries again: another page is another chance. */
  readonly of: string;
  readonly children: ReactNode;
}

interface State {
  readonly of: string;
  readonly error?: Error;
}

/** A page that breaks takes no other with it. It does where a deployment answers in a form that this console does not know. */
export class ErrorBoundary extends Component<Props, State> {
  override state: State = { of: this.props.of };

  static getDerivedStateFromError(error: Error): Partial<State> {
    return { error };
  }

  static getDerivedStateFromProps({ of }: Props, state: State): State {
    return state.of === of ? state : { of };
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (error === undefined) return this.props.children;
    return (
      <Alert type="error" header="This page cannot be shown">
        {error.message}. The deployment may be of another version than the console: compare hooklane --version
        with what was deployed.
      </Alert>
    );
  }
}
