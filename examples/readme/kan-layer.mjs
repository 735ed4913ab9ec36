import '@tensorflow/tfjs-backend-cpu';
import { fourierKAN } from '@kanrecon/kan-layers';
import { sequential } from '@tensorflow/tfjs-layers';

const model = sequential();
model.add(fourierKAN({ units: 16, inputShape: [8] }));
model.add(fourierKAN({ units: 1 }));
