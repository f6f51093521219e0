/** The little that a citizen's page may load: file boxes that take drops, forms that save themselves. Pages work without it. */
import './file-drop.ts'
import './autosave.ts'
import './form-conditions.ts'
