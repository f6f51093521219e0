/** The little that a citizen's page may load: file boxes that take drops. Pages work without it. */
import './file-drop.ts'
