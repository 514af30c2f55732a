import './no-eval';
import './state/first-asked';

/** The page's first script: it asks, and only then reads the rest. */
void import('./main');
