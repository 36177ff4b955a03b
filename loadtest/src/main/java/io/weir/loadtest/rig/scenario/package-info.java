/**
 * Loads that change while they last: phases of HTTP demand, one after the other, from a YAML file
 * in the grammar of every configuration. Entry type: {@link
 * io.weir.loadtest.rig.scenario.Scenario}.
 */
@NullMarked
package io.weir.loadtest.rig.scenario;

import org.jspecify.annotations.NullMarked;
