export { nearestAlong } from './nearest';
