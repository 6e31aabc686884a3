// What `start-up` bundles to compare with: imported for the sake of loading it.
import * as core from '@actions/core';
import * as undici from 'undici';

globalThis.loaded = [core, undici];
