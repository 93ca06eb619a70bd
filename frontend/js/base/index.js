// What every page runs: nothing a page needs to be read.
import './menu.js'
import './notices.js'
import './choices.js'
import './plan-table.js'
import './search.js'
import './print.js'
