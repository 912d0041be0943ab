/** A size that a picture is made into: at most (`inside`) or exactly (`cover`) `width` × `height` pixels. */
export interface Variant {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly fit: 'cover' | 'inside';
  /** Only the first picture of an animation. */
  readonly still: boolean;
}

export interface RenderedVariant {
  readonly name: string;
  readonly contentType: string;
  readonly bytes: Buffer;
  readonly width: number;
  readonly height: number;
}

/** What a decoding process is asked. The input is the frame's only body. */
export type Job =
  | {
      readonly kind: 'prepare';
      /** False when the input is only the beginning of a file that is too large to be a picture. */
      readonly whole: boolean;
      readonly caps: PictureCaps;
    }
  | { readonly kind: 'render'; readonly variants: readonly Variant[]; readonly caps: PictureCaps };

export interface PictureCaps {
  /** Of a picture, and of all pictures of an animation together. */
  readonly pixels: number;
  readonly frames: number;
  /** What is stored has at most this many; larger pictures are made smaller. */
  readonly storedPixels: number;
  readonly thumbnailPixels: number;
  /** Of one file that is made. */
  readonly outputBytes: number;
}

export interface PictureFile {
  readonly contentType: string;
  /** Of a file name, without the dot. */
  readonly extension: string;
  readonly width: number;
  readonly height: number;
}

/** A picture made anew: nothing of the input is left but what can be seen. Bodies: the picture and its thumbnail. */
export interface PreparedPicture {
  readonly kind: 'picture';
  readonly picture: PictureFile;
  readonly thumbnail: PictureFile;
  readonly blurhash: string;
}

/** Video and sound are kept as they are. */
export interface RecognisedFile {
  readonly kind: 'video' | 'audio';
  readonly contentType: string;
  readonly extension: string;
}

/** Why an input is refused. */
export type Refusal =
  | { readonly reason: 'unsupported'; readonly found: string }
  | { readonly reason: 'damaged' }
  | { readonly reason: 'too_many_pixels'; readonly pixels: number }
  | { readonly reason: 'too_many_frames'; readonly frames: number }
  | { readonly reason: 'too_large' };

/** What a decoding process answers: that it has taken the job, and then what came of it. */
export type Answer =
  | { readonly kind: 'taken' }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  | { readonly kind: 'rendered'; readonly variants: readonly Omit<RenderedVariant, 'bytes'>[] }
  | PreparedPicture
  | RecognisedFile;
