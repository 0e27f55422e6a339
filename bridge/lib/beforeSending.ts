// Looks once more, in the moment in which a request is written to its connection, whether it may be sent: one that waited for a connection
// while the process was stopped is sent by nobody any more.
import type { Dispatcher } from 'undici';

/** For `compose` of a dispatcher. @param mayCall what it throws, the request fails with */
export const beforeSending =
  (mayCall: () => void): Dispatcher.DispatcherComposeInterceptor =>
  (dispatch) =>
  (options, handler) =>
    dispatch(options, {
      onRequestStart(controller, context) {
        handler.onRequestStart?.(controller, context);
        try {
          mayCall();
        } catch (error) {
          controller.abort(error as Error);
        }
      },
      onResponseStart: (...given) => handler.onResponseStart?.(...given),
      onResponseData: (...given) => handler.onResponseData?.(...given),
      onResponseEnd: (...given) => handler.onResponseEnd?.(...given),
      onResponseError: (...given) => handler.onResponseError?.(...given),
    });
