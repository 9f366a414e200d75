/** HTTP as the server speaks it: routes, requests and answers, streams of events, one shape of errors; knows no model. */
@NullMarked
package dev.namaskar.serve.http;

import org.jspecify.annotations.NullMarked;
