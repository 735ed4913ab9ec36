import { type DrawingScope, serveDrawing } from '@kanrecon/dataset';

// A worker that draws training images for the one that trains.
serveDrawing(self as unknown as DrawingScope);
