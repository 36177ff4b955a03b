/**
 * The whole stack under SIGKILL: processes that die at any moment and come back, clients that go on
 * regardless. Entry type: {@link io.weir.loadtest.chaos.ChaosIT}.
 */
package io.weir.loadtest.chaos;
