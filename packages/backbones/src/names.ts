export { type BackboneName, type BackboneNames, backboneNames, backboneTable } from './backbone-names.js';
