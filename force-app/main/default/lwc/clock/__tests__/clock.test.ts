import { every } from 'c/clock';

describe('repeated work', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('rests while nobody sees the page, and ends when it is stopped', () => {
    const call = jest.fn();
    const seen = jest.spyOn(document, 'visibilityState', 'get').mockReturnValue('visible');
    const stop = every(1000, call);
    jest.advanceTimersByTime(2000);
    expect(call).toHaveBeenCalledTimes(2);
    seen.mockReturnValue('hidden');
    jest.advanceTimersByTime(2000);
    expect(call).toHaveBeenCalledTimes(2);
    seen.mockReturnValue('visible');
    stop();
    jest.advanceTimersByTime(2000);
    document.dispatchEvent(new CustomEvent('visibilitychange'));
    expect(call).toHaveBeenCalledTimes(2);
  });

  it('is done at once when somebody comes back to the page', () => {
    const call = jest.fn();
    const stop = every(1000, call);
    const seen = jest.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden');
    document.dispatchEvent(new CustomEvent('visibilitychange'));
    expect(call).not.toHaveBeenCalled();
    seen.mockReturnValue('visible');
    document.dispatchEvent(new CustomEvent('visibilitychange'));
    expect(call).toHaveBeenCalledTimes(1);
    stop();
  });
});
