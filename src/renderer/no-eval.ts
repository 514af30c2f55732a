import { z } from 'zod';

// zod would try `new Function` to compile its schemas; the page's policy forbids that.
z.config({ jitless: true });
